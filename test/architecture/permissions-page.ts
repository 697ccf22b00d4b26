import { granted, permissions, roles, scoped, scopes } from '../../contract/permissions.ts'

/** docs/how/permissions.md, as the table in the contract has it. */
export function permissionsPage(): string {
  return `# Who may do what

A person holds any set of roles and may do what any of them may. A key has scopes instead and acts with those, never as whoever made
it. Which rows one sees of what one may see is another matter: people of the house see everything but what private teams keep to
themselves; partners and suppliers see what belongs to their teams and what they were invited to.

A test writes this page from \`contract/permissions.ts\`.

## Roles

${tableOf(roles, granted)}

## Scopes of keys

${tableOf(scopes, scoped)}
`
}

function tableOf<K extends string>(columns: readonly K[], may: Record<K, readonly string[]>): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const head = [row(['', ...columns.map((it) => it.replaceAll('_', ' '))]), row(['---', ...columns.map(() => ':-:')])]
  const lines = permissions.map((it) => row([`\`${it}\``, ...columns.map((column) => (may[column].includes(it) ? '●' : ' '))]))
  return [...head, ...lines].join('\n')
}
