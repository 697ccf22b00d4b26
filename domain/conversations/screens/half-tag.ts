/** HTML that was cut ends before the tag it was cut in: half a tag would swallow whatever is written behind it. */
export function withoutHalfTag(html: string): string {
  const tag = html.lastIndexOf('<')
  return tag > html.lastIndexOf('>') ? html.slice(0, tag) : html
}
