import { accessSync, constants, mkdirSync } from 'node:fs'

/** Makes the data folder when it is not there, and makes sure that we may write to it. */
export function makeDataFolder(path: string): void {
  // As root, PostgreSQL's own user has to pass through; what is private inside has its own lock.
  mkdirSync(path, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
  accessSync(path, constants.W_OK | constants.X_OK)
}
