// Who may import whom. The rules follow from the shelf, domain/shelf.json: a module calls those before it, and news travels
// the other way only as events. Files that say `.test.` or lie in test/ may look at anything.
const { existsSync, globSync } = require('node:fs')
const { join } = require('node:path')
const shelf = require('./domain/shelf.json')

const ours = ['contract', 'measures', 'kernel', 'database', 'domain', 'server', 'ui', 'console', 'portal', 'widget', 'bin']
const tests = '[.]test[.]tsx?$|^test/'
const present = (module) => existsSync(join(__dirname, 'domain', module))
const oneOf = (names) => `(${names.join('|')})`

// A noun file is known by the test of its rules beside it: `conversation.test.ts` makes `conversation.ts` one. How a mail is
// read is rules too, all of it: bytes in, words out, with packages that only calculate.
const ruleTests = globSync('domain/**/*.test.ts', { cwd: __dirname }).filter((file) => !file.endsWith('.db.test.ts'))
const nouns = ['domain/channels/email/.*', ...ruleTests.map((file) => file.replaceAll('\\', '/').replace('.test.ts', '[.]ts$'))]
const calculating = 'node_modules/(zod|htmlparser2|postal-mime|sanitize-html)/|^(node:)?crypto$'

const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from: { pathNot: tests, ...from }, to })

/** A folder of ours that may import only itself and `allowed`, a list of paths as regular expressions. */
const only = (folder, allowed, comment) =>
  rule(
    `${folder}-imports`,
    comment,
    { path: `^${folder}/` },
    { path: `^${oneOf(ours)}/`, pathNot: `^${oneOf([`${folder}/`, ...allowed])}` },
  )

const callDown = shelf.filter(present).map((module) => {
  const later = shelf.slice(shelf.indexOf(module) + 1)
  const comment = `${module} may not call a module later on the shelf: record an event and let the later module react.`
  return rule(`call-down-${module}`, comment, { path: `^domain/${module}/` }, { path: `^domain/${oneOf([...later, 'nobody'])}/` })
})

const tables = 'database/schema[.]ts$'
const packages = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown']
const frontDoors = 'domain/[^/]+/index[.]ts$'

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment:
        'Two files that need each other are one idea, or a third is missing. Find the word both need and put it in a file of its own.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      comment: 'An import that leads nowhere also leads past every rule below.',
      from: {},
      to: { couldNotResolve: true },
    },

    only('contract', [], 'The contract knows nobody; everybody knows the contract.'),
    rule(
      'contract-is-only-zod',
      'The contract runs in servers and browsers alike.',
      { path: '^contract/' },
      {
        dependencyTypes: [...packages, 'core'],
        pathNot: 'node_modules/zod/',
      },
    ),
    only('measures', [], 'A formula is arithmetic: it takes numbers and answers numbers, so that anybody can check it.'),
    only('kernel', ['contract/', tables], 'The kernel serves the domain and must not know it.'),
    only('database', [], 'Tables know nobody: they outlive the programs that read them.'),
    only('domain', ['kernel/', 'contract/', 'measures/', tables], 'The domain does not know how it is served or shown.'),
    only(
      'server',
      ['contract/', 'measures/', 'kernel/', 'database/', frontDoors, 'portal/pages[.]tsx?$'],
      'The server enters a module by its index and the portal by its pages.',
    ),
    only('ui', [], 'Components know no product words.'),
    only('console', ['contract/', 'ui/'], 'A browser knows only the contract.'),
    only('widget', ['contract/', 'ui/'], 'A browser knows only the contract.'),
    only('portal', ['contract/', 'ui/tokens', 'kernel/', frontDoors], 'The portal renders on the server and reads through front doors.'),
    rule(
      'browsers-have-no-core',
      'What Node brings is not in a browser.',
      { path: '^(ui|console|widget)/' },
      { dependencyTypes: ['core'] },
    ),

    rule(
      'front-door',
      'Enter another module by its index: the rest of it may change without asking.',
      { path: '^domain/([^/]+)/' },
      {
        path: '^domain/[^/]+/',
        pathNot: ['^domain/$1/', `^${frontDoors}`],
      },
    ),
    ...callDown,

    rule(
      'rules-are-pure',
      'A noun file holds rules: what they decide follows from what they are given. It imports the contract, the refusal, other nouns, ' +
        'and types from where it may; no SQL, no network, no clock, no chance.',
      { path: `^${oneOf(nouns)}` },
      { pathNot: ['^contract/', '^kernel/refusal[.]ts$', `^${oneOf(nouns)}`, calculating], dependencyTypesNot: ['type-only'] },
    ),

    {
      name: 'nothing-leans-on-tests',
      severity: 'error',
      comment: 'What ships must not need what only tests have.',
      from: { pathNot: `${tests}|[.]spec[.]tsx?$` },
      to: { path: tests },
    },
    rule(
      'no-development-packages',
      'What runs in production is named under dependencies; devDependencies may be missing there.',
      { path: '^(contract|measures|kernel|domain|server|portal)/|^database/(?!generate-types)' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['npm', 'type-only'] },
    ),
  ],
  options: {
    doNotFollow: 'node_modules',
    exclude: '^(dist|data|[.]runtime)/',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
}
