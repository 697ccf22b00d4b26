import { connect } from 'node:net'

/** One open SMTP connection that sends one mail after the other. */
export type SmtpClient = { send(from: string, to: string, raw: Buffer): Promise<void>; close(): void }

// Hand-written to send the end of DATA in the same packet as the mail: otherwise one measures Nagle's 40 ms.
export async function smtpClient(port: number): Promise<SmtpClient> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  let text = ''
  let waiting: ((line: string) => void) | undefined
  socket.on('data', (chunk) => {
    text += chunk
    const [whole] = /^(?:\d{3}-.*\r\n)*\d{3} .*\r\n/.exec(text) ?? []
    if (whole === undefined || !waiting) return
    text = text.slice(whole.length)
    const hear = waiting
    waiting = undefined
    hear(whole)
  })
  const answer = (expected: string) =>
    new Promise<void>((resolve, reject) => {
      waiting = (line) => (line.startsWith(expected) ? resolve() : reject(new Error(`SMTP answered ${line.trim()}`)))
      socket.once('error', reject)
    })
  const say = (words: string | Buffer, expected: string) => {
    const heard = answer(expected)
    socket.write(words)
    return heard.finally(() => socket.removeAllListeners('error'))
  }
  await answer('220')
  await say('EHLO bench.example\r\n', '250')
  return {
    send: async (from, to, raw) => {
      await say(`MAIL FROM:<${from}>\r\n`, '250')
      await say(`RCPT TO:<${to}>\r\n`, '250')
      await say('DATA\r\n', '354')
      await say(Buffer.concat([raw, Buffer.from('\r\n.\r\n')]), '250')
    },
    close: () => socket.end('QUIT\r\n'),
  }
}
