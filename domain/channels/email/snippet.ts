const MAX = 140

/** The first words of a message in one line of at most 140 characters, cut between words where possible. */
export function snippetOf(text: string): string {
  const line = text
    .slice(0, 2_000)
    .replace(/\u200b|\u2060|\u00ad|\u034f/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (line.length <= MAX) return line.toWellFormed()
  const room = line.slice(0, MAX - 1)
  const space = room.lastIndexOf(' ')
  return `${room.slice(0, space > MAX / 2 ? space : MAX - 1).trimEnd()}…`.replace(/[\ud800-\udbff]…$/, '…').toWellFormed()
}
