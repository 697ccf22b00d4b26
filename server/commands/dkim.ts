import { createPublicKey } from 'node:crypto'
import { CannotStart } from '../../database/cannot-start.ts'
import { readSecrets } from '../secrets.ts'
import type { Settings } from '../settings.ts'

/** Prints the DNS record that lets others check the signature of the mail we send. */
export async function dkimCommand({ dataDir, dkimSelector }: Settings): Promise<void> {
  if (dkimSelector === undefined) throw new CannotStart('Choose a selector first: bin/sinew dkim --mail-dkim-selector sinew.')
  const { dkim } = await readSecrets(dataDir)
  console.log(`Publish this in the DNS of each domain your channels have addresses in:\n`)
  console.log(`${dkimSelector}._domainkey  TXT  "${dkimRecord(dkim)}"`)
}

/** The TXT record of a private key's public half. A DNS server splits it where it is too long. */
export function dkimRecord(privateKey: string): string {
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  return `v=DKIM1; k=rsa; p=${spki.toString('base64')}`
}
