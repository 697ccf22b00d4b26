import { channels } from '../domain/channels/index.ts'
import { conversations } from '../domain/conversations/index.ts'
import { customers } from '../domain/customers/index.ts'
import { files } from '../domain/files/index.ts'
import { identity } from '../domain/identity/index.ts'
import type { Module } from '../kernel/module.ts'
import { edge } from './http/idempotency.ts'

/** Every module of the product, in the order of the shelf, and what the edge does at night. */
export const modules: readonly Module[] = [identity, files, customers, channels, conversations, edge]
