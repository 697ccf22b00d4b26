import css from './person-avatar.module.css'

type Props = { name: string; side?: 'customer' | 'colleague' | 'partner' | 'nobody'; size?: 'sm' | 'md' | 'lg' }

/** Initials on a tint, drawn rather than written: the name stands beside them or names the control. The shape says which side of the thread someone stands on; the colour repeats it. */
export function PersonAvatar({ name, side = 'colleague', size = 'md' }: Props) {
  return <span className={css.avatar} data-side={side} data-size={size} data-initials={initials(name)} aria-hidden="true" />
}

/** First letters of the first and last word; of an address, of its first part. */
export function initials(name: string): string {
  const words = (name.split('@')[0] ?? '').split(/[\s._+-]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word))
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words
  const letters = picked.map((word) => [...(word?.replace(/^[^\p{L}\p{N}]+/u, '') ?? '')][0] ?? '').join('')
  return letters.toLocaleUpperCase() || '?'
}
