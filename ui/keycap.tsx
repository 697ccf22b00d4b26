import css from './keycap.module.css'

/** A key, or keys pressed together, drawn small beside what they do. */
export function Keycap({ keys }: { keys: string }) {
  return <kbd className={css.cap}>{keys}</kbd>
}
