/** A way in. */
export type Channel = { id: string; kind: 'email' | 'api' | 'form' | 'widget'; name: string; address: string | null; teamId: string | null }

/** An address without its `+detail`, lower case: where a signed reply address or a tagged one belongs. */
export function plainAddress(address: string): string {
  const at = address.lastIndexOf('@')
  const local = address.slice(0, at < 0 ? undefined : at)
  const plus = local.indexOf('+')
  return `${plus > 0 ? local.slice(0, plus) : local}${at < 0 ? '' : address.slice(at)}`.toLowerCase()
}
