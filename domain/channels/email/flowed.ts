/** Joins the soft lines of format=flowed text (RFC 3676): only lines of the same quote depth belong together. */
export function unflowed(text: string, delSp: boolean): string {
  const out: string[] = []
  let paragraph: string[] = []
  let depth = 0
  const finish = () => {
    if (paragraph.length > 0) out.push((depth > 0 ? `${'>'.repeat(depth)} ` : '') + paragraph.join(''))
    paragraph = []
  }
  for (const line of text.split(/\r?\n/)) {
    const quote = /^>*/.exec(line)?.[0].length ?? 0
    const content = line.charAt(quote) === ' ' ? line.slice(quote + 1) : line.slice(quote)
    const before = paragraph.at(-1)
    const continues = before?.endsWith(' ') && before !== '-- ' && content !== '-- ' && quote === depth
    if (!continues) finish()
    else if (delSp) paragraph[paragraph.length - 1] = before!.slice(0, -1)
    depth = quote
    paragraph.push(content)
  }
  finish()
  return out.join('\n')
}
