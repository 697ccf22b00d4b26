import { z } from 'zod'

/** Everything a person or a key may be allowed to do. */
export const permissions = [
  'conversation.read',
  'conversation.start',
  'conversation.update',
  'conversation.note',
  'conversation.reply',
  'conversation.admit',
  'conversation.delete',
  'customer.read',
  'customer.update',
  'customer.delete',
  'mail.receive',
  'mail.raw',
  'quarantine.read',
  'quarantine.resolve',
  'channel.read',
  'channel.update',
  'person.read',
  'person.invite',
  'person.update',
  'team.read',
  'team.update',
  'organisation.read',
  'organisation.update',
  'api_key.read',
  'api_key.update',
  'event.read',
  'audit.read',
  'instance.update',
] as const
export const Permission = z.enum(permissions)
export type Permission = z.infer<typeof Permission>

export const roles = ['responder', 'knowledge_worker', 'coach', 'decision_owner', 'leader', 'administrator', 'auditor'] as const
export const Role = z.enum(roles)
export type Role = z.infer<typeof Role>

const reading: Permission[] = [
  'conversation.read',
  'customer.read',
  'person.read',
  'team.read',
  'organisation.read',
  'channel.read',
  'event.read',
]
const answering: Permission[] = [
  ...reading,
  'conversation.start',
  'conversation.update',
  'conversation.note',
  'conversation.reply',
  'conversation.admit',
  'customer.update',
  'mail.raw',
  'quarantine.read',
  'quarantine.resolve',
]

/**
 * Role × permission, the only place it is written. A person's permissions are the union of their roles'. `audit.read`
 * tells who did what by name: an auditor's, so that nobody else can count what a person does.
 */
export const granted: Record<Role, readonly Permission[]> = {
  responder: answering,
  knowledge_worker: [...reading, 'conversation.note'],
  coach: [...reading, 'conversation.note'],
  decision_owner: [...reading, 'conversation.note'],
  leader: [...answering, 'person.invite', 'team.update'],
  administrator: permissions.filter((it) => it !== 'mail.receive' && it !== 'audit.read'),
  auditor: [...reading, 'audit.read', 'mail.raw', 'api_key.read', 'quarantine.read'],
}

export const scopes = ['read', 'write', 'mail', 'import', 'demand:write', 'admin'] as const
export const Scope = z.enum(scopes)
export type Scope = z.infer<typeof Scope>

/** Scope × permission: what an API key may do. A key acts with its scopes, never as the person who made it. */
export const scoped: Record<Scope, readonly Permission[]> = {
  read: [...reading, 'quarantine.read'],
  write: [
    'conversation.start',
    'conversation.update',
    'conversation.note',
    'conversation.reply',
    'conversation.admit',
    'customer.update',
    'quarantine.resolve',
  ],
  mail: ['mail.receive'],
  import: ['conversation.start', 'customer.update'],
  'demand:write': [],
  admin: permissions.filter((it) => it !== 'audit.read'),
}
