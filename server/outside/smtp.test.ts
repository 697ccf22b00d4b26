import { type AddressInfo, connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type SmtpNeeds, smtpServer } from './smtp.ts'

type Server = ReturnType<typeof smtpServer>
let server: Server
afterEach(() => new Promise<void>((done) => server.close(() => done())))

const taken: string[] = []
async function serve(more: Partial<SmtpNeeds>): Promise<number> {
  server = smtpServer({
    name: 'larkspur.example',
    sizeLimit: 100_000,
    isHere: () => false,
    accepts: async () => undefined,
    deliver: async ({ from }) => void taken.push(from),
    failed: () => undefined,
    ...more,
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return (server.server.address() as AddressInfo).port
}

/** A sender that says its lines one by one and remembers every answer. */
function sender(port: number, lines: readonly string[] = []) {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8')
  const heard: string[] = []
  const rest = [...lines]
  let closed = false
  socket
    .on('error', () => undefined)
    .on('close', () => {
      closed = true
    })
  socket.on('data', (said: string) => {
    heard.push(...said.split('\r\n').filter((it) => /^\d{3} /.test(it)))
    const next = /^\d{3} /m.test(said) ? rest.shift() : undefined
    if (next !== undefined) socket.write(`${next}\r\n`)
  })
  return { socket, heard, codes: () => heard.map((it) => it.slice(0, 3)), isClosed: () => closed }
}

const limits = { connections: 2, recipients: 100, dataTime: 600_000 }
const hello = ['EHLO x.example', 'MAIL FROM:<a@juniper.example>']

test('an address with too many connections is told to come back, and may when one of them ends', async () => {
  const port = await serve({ limits })
  const [first, second] = [sender(port), sender(port)]
  await expect.poll(() => [...first.codes(), ...second.codes()]).toEqual(['220', '220'])
  const third = sender(port)
  await expect.poll(third.isClosed).toBe(true)
  expect(third.codes()).toEqual(['421'])
  first.socket.destroy()
  await expect
    .poll(async () => {
      const again = sender(port)
      await expect.poll(() => again.heard.length).toBe(1)
      again.socket.destroy()
      return again.codes()
    })
    .toEqual(['220'])
  second.socket.destroy()
})

test('our own machine connects as often as it likes', async () => {
  const port = await serve({ limits, isHere: (address) => address.startsWith('127.') })
  const many = Array.from({ length: 5 }, () => sender(port))
  await expect.poll(() => many.flatMap((it) => it.codes())).toEqual(Array(5).fill('220'))
  for (const it of many) it.socket.destroy()
})

test('a mail that trickles in for ever is hung up on, and nothing of it is kept', async () => {
  const port = await serve({ limits: { ...limits, dataTime: 200 } })
  const slow = sender(port, [...hello, 'RCPT TO:<help@larkspur.example>', 'DATA'])
  await expect.poll(slow.codes).toContain('354')
  const trickle = setInterval(() => slow.socket.writable && slow.socket.write('x'), 20)
  await expect.poll(slow.isClosed).toBe(true)
  clearInterval(trickle)
  expect(slow.codes().slice(-2)).toEqual(['354', '421'])
  expect(taken).toEqual([])
})

test('a hundred recipients are taken for one mail, the next is for another', async () => {
  const port = await serve({})
  const recipients = Array.from({ length: 101 }, (_, n) => `RCPT TO:<help+${n}@larkspur.example>`)
  const one = sender(port, [...hello, ...recipients, 'QUIT'])
  await expect.poll(one.isClosed).toBe(true)
  expect(one.codes().slice(3)).toEqual([...Array(100).fill('250'), '452', '221'])
})
