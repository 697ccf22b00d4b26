import { existsSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig, type EnvironmentOptions, type Plugin } from 'vite'

// The server's bundle leaves packages where npm put them and loads rarely needed commands from files beside it.
const server: EnvironmentOptions = {
  resolve: { external: true },
  build: {
    ssr: 'server/main.ts',
    outDir: 'dist',
    emptyOutDir: false,
    target: 'node24',
    sourcemap: true,
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'server.js', chunkFileNames: 'server-[name].js' } },
  },
}

const console: EnvironmentOptions = {
  build: {
    outDir: 'dist/console',
    target: 'baseline-widely-available',
    sourcemap: true,
    rolldownOptions: { input: 'console/index.html' },
  },
}

// Vite puts a page where its source is; the server expects the console's at the top of its folder.
const pageAtTheTop: Plugin = {
  name: 'page-at-the-top',
  enforce: 'post',
  generateBundle: (_, bundle) => {
    const page = bundle['console/index.html']
    if (page) page.fileName = 'index.html'
  },
}

const hasConsole = existsSync('console/main.tsx')

export default defineConfig({
  plugins: [react(), pageAtTheTop],
  appType: 'spa',
  environments: { ssr: server, client: console },
  builder: {
    buildApp: async (builder) => {
      await builder.build(builder.environments.ssr!)
      if (hasConsole) await builder.build(builder.environments.client!)
    },
  },
  server: { proxy: { '/api': 'http://localhost:3000', '/healthz': 'http://localhost:3000' } },
})
