/** A raw mail of about 1.2 kB, each with its own sender, subject and Message-ID. With `answers` it replies to that mail. */
export function mailOf(run: string, turn: number, answers?: number): Buffer {
  const about = answers ?? turn
  const id = (number: number) => `<${run}.${number}@sender.example>`
  const headers = [
    `Received: from out${turn % 9}.sender.example by mx.sinew.example; Sat, 21 Nov 2026 10:00:00 +0000`,
    `Message-ID: ${id(turn)}`,
    ...(answers === undefined ? [] : [`In-Reply-To: ${id(answers)}`, `References: ${id(answers)}`]),
    `Date: Sat, 21 Nov 2026 10:00:00 +0000`,
    `From: "Writer ${about}" <writer${about}.${run}@sender.example>`,
    `To: "Desk" <desk1@sinew.example>`,
    `Subject: ${answers === undefined ? '' : 'Re: '}The report of week ${about} stays empty (${run})`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
  ]
  const body = [
    'Good morning,',
    '',
    `since yesterday the page of report ${turn} stays empty when I open it. We restarted`,
    'everything twice and waited for an hour, nothing changed. My colleague in the other',
    'office sees the same, so it is not this computer. Our accounting closes on Friday,',
    'could you please look into it today? What the screen says is below:',
    '',
    `    Report ${turn} could not be opened (code ${turn * 7919}). Try again later.`,
    '',
    'Please tell me what else you need from us.',
    '',
    'Kind regards',
    `Writer ${about}`,
    ...(answers === undefined ? [] : ['', 'On Fri, 20 Nov 2026 at 09:00, Desk wrote:', '> Thank you, we look into it.']),
  ]
  const text = [...headers, '', ...body, ''].join('\r\n')
  const missing = Math.max(0, 1200 - Buffer.byteLength(text))
  return Buffer.from(text.replace('MIME-Version: 1.0', `X-Padding: ${'x'.repeat(missing)}\r\nMIME-Version: 1.0`))
}
