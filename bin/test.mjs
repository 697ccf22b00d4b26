import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { inRoot, modules } from './places.mjs'
import { runHere, runQuietly } from './run.mjs'
import { Stop } from './say.mjs'

const minutes = 60_000
const folders = ['contract', 'measures', 'kernel', 'database', 'domain', 'server', 'ui', 'console', 'portal', 'widget', 'test']

/** Everything, or with --fast what needs neither a build nor a browser. Words that are no flags choose test files and run only those. */
export async function test(args) {
  await ensureInstalled()
  const filters = args.filter((arg) => !arg.startsWith('-'))
  const fast = args.includes('--fast')
  const sum = { passed: 0, failed: 0 }
  if (filters.length === 0) {
    await check(sum, 'types', () => tool(['typescript-7', 'bin', 'tsc'], ['-p', inRoot('tsconfig.json')]))
    await check(sum, 'lint', () => tool(['@biomejs', 'biome', 'bin', 'biome'], ['check', '--error-on-warnings']))
    await check(sum, 'architecture', importRules)
  }
  if (!fast) await check(sum, 'build', built)
  await vitest(sum, fast ? ['unit', 'db'] : ['unit', 'db', 'launch'], filters)
  if (!fast) await vitest(sum, ['e2e'], filters)
  console.log(`${sum.passed} passed, ${sum.failed} failed`)
  return sum.failed === 0 ? 0 : 1
}

const tool = (path, args) =>
  runQuietly(process.execPath, [join(modules, ...path), ...args], { timeout: 5 * minutes, killSignal: 'SIGKILL' })

async function importRules() {
  const config = inRoot('.dependency-cruiser.cjs')
  if (!existsSync(config)) return { code: 0, output: '' }
  const present = folders.filter((folder) => existsSync(inRoot(folder)))
  return tool(['dependency-cruiser', 'bin', 'dependency-cruiser.mjs'], ['--config', config, '--output-type', 'err-long', ...present])
}

async function built() {
  try {
    await ensureBuilt()
    return { code: 0, output: '' }
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    return { code: 1, output: error.message }
  }
}

// A step that fails counts as one failure and does not keep the others from being looked at.
async function check(sum, name, step) {
  const began = Date.now()
  const { code, output } = await step()
  const took = `${((Date.now() - began) / 1000).toFixed(1)} s`
  console.log(`${name}: ${code === 0 ? 'ok' : 'FAILED'} (${took})`)
  if (code === 0) return
  console.log(output.trim())
  sum.failed += 1
}

async function vitest(sum, projects, filters) {
  console.log(`tests: ${projects.join(', ')}`)
  const folder = mkdtempSync(join(tmpdir(), 'sinew-results-'))
  const results = join(folder, 'results.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`]
  const args = ['run', '--passWithNoTests', ...reporters, ...projects.map((name) => `--project=${name}`), ...filters]
  const program = join(modules, 'vitest', 'vitest.mjs')
  const code = await runHere(process.execPath, [program, ...args], { timeout: 30 * minutes, killSignal: 'SIGKILL' })
  add(sum, code, existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : {})
  rmSync(folder, { recursive: true, force: true })
}

// A file that cannot be loaded, or an error outside any test, fails the run without a failed test.
function add(sum, code, { numPassedTests = 0, numFailedTests = 0 }) {
  sum.passed += numPassedTests
  sum.failed += code !== 0 && numFailedTests === 0 ? 1 : numFailedTests
}
