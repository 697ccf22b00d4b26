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

// While developing, every address a person may open shows the console's one page.
const pageEverywhere: Plugin = {
  name: 'page-everywhere',
  apply: 'serve',
  configureServer: ({ middlewares }) => {
    middlewares.use((request, _, next) => {
      if (request.headers.accept?.includes('text/html')) request.url = '/console/index.html'
      next()
    })
  },
  transformIndexHtml: { order: 'pre', handler: (page) => page.replaceAll('"./', '"/console/') },
}

// The server admits only its own address, so that is where proxied requests seem to come from.
const backend = 'http://localhost:3000'
const proxied = { target: backend, changeOrigin: true, headers: { origin: backend } }

export default defineConfig({
  plugins: [react(), pageAtTheTop, pageEverywhere],
  appType: 'spa',
  environments: { ssr: server, client: console },
  builder: {
    buildApp: async (builder) => {
      await builder.build(builder.environments.ssr!)
      await builder.build(builder.environments.client!)
    },
  },
  server: { proxy: { '/api': proxied, '/healthz': proxied } },
})
