import { useLocalStorage } from '@mantine/hooks'
import { Keycap } from '../../ui/keycap.tsx'
import { apple } from './apple.ts'
import { pressed, printed } from './keys.ts'

/** Whether letters and signs on their own do something, as chosen on this device. */
export const useKeysAlone = () => useLocalStorage({ key: 'sinew.keys-alone', defaultValue: true, getInitialValueInEffect: false })

/** The keys of a shortcut, drawn as they have to be pressed here. */
export function Shortcut({ keys }: { keys: string }) {
  const [alone] = useKeysAlone()
  const press = pressed(keys, alone)
  return press && <Keycap keys={printed(press, apple)} />
}

/** The same for those who listen, as `aria-keyshortcuts` wants it. */
export function useSpokenKeys(): (keys: string) => string | undefined {
  const [alone] = useKeysAlone()
  return (keys) => pressed(keys, alone)?.replace(/(^|[+ ])(\w)/g, (_, before: string, letter: string) => before + letter.toUpperCase())
}
