import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { delimiter, join } from 'node:path'

/** A Chromium to test with, and the environment it needs. */
export type Chromium = { program: string; env: Record<string, string> }

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const applications = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']

/** Chromiums installed on this machine. */
export function installedChromiums(): Chromium[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const programs = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...applications]
  return programs.filter(existsSync).map((program) => ({ program, env: {} }))
}

/** The Chromium that came with `npm ci`, unpacked once. Linux on x64 only. */
export function packagedChromium(): Chromium {
  const description = findPackageJSON('@sparticuz/chromium', import.meta.url)
  if (!description) throw new Error('The packages have no Chromium: install one.')
  const { version } = JSON.parse(readFileSync(description, 'utf8')) as { version: string }
  const folder = join(import.meta.dirname, '..', '..', '.runtime', `chromium-${version}`)
  if (!existsSync(folder)) unpack(folder)
  const env = { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_FILE: join(folder, 'fonts.conf') }
  return { program: join(folder, 'chromium'), env }
}

// The package unpacks into the temporary folder, under names any program could take, and libraries and fonts only where it
// believes to be in its usual cloud. A private temporary folder and that belief give us everything in one place.
function unpack(folder: string): void {
  const unfinished = `${folder}.${process.pid}`
  mkdirSync(unfinished, { recursive: true })
  const script = `import('@sparticuz/chromium').then((chromium) => chromium.default.executablePath())`
  const env = { ...process.env, TMPDIR: unfinished, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' }
  execFileSync(process.execPath, ['-e', script], { env, cwd: import.meta.dirname, stdio: ['ignore', 'ignore', 'inherit'] })
  writeFileSync(join(unfinished, 'fonts.conf'), fontsConfiguration(folder))
  try {
    renameSync(unfinished, folder)
  } catch {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

// Open Sans comes along; other scripts are drawn with what the machine has.
function fontsConfiguration(folder: string): string {
  const folders = [join(folder, 'fonts', 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts']
  const lines = [...folders.map((path) => `  <dir>${path}</dir>`), `  <cachedir>${join(folder, 'font-cache')}</cachedir>`]
  const usual = '  <alias><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>'
  return `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n${lines.join('\n')}\n${usual}\n</fontconfig>\n`
}
