import type { MailOut } from '../../kernel/instance.ts'

/** A way out for mail that leads nowhere: every recipient is refused for good. */
export const nowhere: MailOut = {
  from: { address: 'help@harbour.example', name: '' },
  remove: async () => undefined,
  send: async ({ envelope }) => {
    const refused = envelope.to.map((address) => ({ address, said: '550 no', forGood: true }))
    return { accepted: [], refused, written: false, dialogue: '' }
  },
}
