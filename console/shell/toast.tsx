import { notifications } from '@mantine/notifications'
import { Keycap } from '../../ui/keycap.tsx'
import css from './toast.module.css'

type Offer = { label: string; keys?: string; perform: () => void }

/** Says one short thing at the foot of the screen, with at most one thing to do about it. */
export function say(words: string, offer?: Offer): string {
  const id = `said-${Date.now()}`
  const perform = () => {
    notifications.hide(id)
    offer?.perform()
  }
  notifications.clean()
  notifications.show({
    id,
    withCloseButton: false,
    classNames: { root: css.bar!, description: css.words!, icon: css.icon! },
    message: (
      <>
        <span className={css.text}>{words}</span>
        {offer && (
          <button type="button" className={css.action} onClick={perform}>
            {offer.label}
            {offer.keys && <Keycap keys={offer.keys} />}
          </button>
        )}
      </>
    ),
  })
  return id
}
