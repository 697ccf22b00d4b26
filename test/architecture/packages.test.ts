import { expect, test } from 'vitest'
import { inProduction, notices } from './packages.ts'
import { text } from './sources.ts'

/** Licences that let anybody run, change and pass on Sinew under the MIT licence. */
const allowed = [
  '(MIT OR CC0-1.0)',
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
]

const found = inProduction()

test('everything we run is under a licence that lets others use Sinew freely', () => {
  expect(found.length).toBeGreaterThan(100)
  expect(found.filter((it) => !allowed.includes(it.license)).map((it) => `${it.name}: ${it.license}`)).toEqual([])
})

test('no licence is allowed that nothing needs', () => {
  expect(allowed.filter((license) => !found.some((it) => it.license === license))).toEqual([])
})

test('the notices name what we run', async () => {
  await expect(notices()).toMatchFileSnapshot('../../THIRD_PARTY_NOTICES.md')
})

test('every dependency is pinned to one version', () => {
  const { dependencies, devDependencies } = JSON.parse(text('package.json')) as Record<string, Record<string, string>>
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, range]) => !/^(npm:[\w@/-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(range),
  )
  expect(loose).toEqual([])
})
