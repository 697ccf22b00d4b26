import { channels } from '../domain/channels/index.ts'
import { conversations } from '../domain/conversations/index.ts'
import { customers } from '../domain/customers/index.ts'
import { files } from '../domain/files/index.ts'
import { identity } from '../domain/identity/index.ts'
import type { Module } from '../kernel/module.ts'

/** Every module of the product, in the order of the shelf. */
export const modules: readonly Module[] = [identity, files, customers, channels, conversations]
