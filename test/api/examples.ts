import { password } from '../support/sign-in.ts'
import type { Walk } from './walk-world.ts'

/** A call that works: parameters, query and body. `answers` when success has another status than the contract's usual one. */
export type Example = { params?: Record<string, string>; query?: Record<string, string>; body?: unknown; answers?: number }

/**
 * One good call for each endpoint, in an order in which all of them work: what deletes comes last. A new endpoint needs a
 * line here.
 */
export function examplesFor({ things: it, world }: Walk): Record<string, Example> {
  const conversation = { conversationId: it.conversation }
  const member = { teamId: it.team, personId: world.responder.id }
  const link = { token: 'no such token at all' }
  return {
    'GET /me': {},
    'PATCH /me': { body: { timeZone: 'Europe/Lisbon' } },
    'GET /me/sessions': {},
    'GET /people': { query: { q: 'mia' } },
    'GET /people/:personId': { params: { personId: world.member.id } },
    'PATCH /people/:personId': { params: { personId: world.member.id }, body: { functions: ['support'] } },
    'PUT /people/:personId/deactivation': { params: { personId: world.supplier.id } },
    'DELETE /people/:personId/deactivation': { params: { personId: world.supplier.id } },
    'GET /teams': {},
    'GET /teams/:teamId': { params: { teamId: it.team } },
    'POST /teams': { body: { name: 'Day' } },
    'PATCH /teams/:teamId': { params: { teamId: it.team }, body: { purpose: 'Nights' } },
    'PUT /teams/:teamId/members/:personId': { params: member },
    'DELETE /teams/:teamId/members/:personId': { params: member },
    'GET /organisations': {},
    'POST /organisations': { body: { name: 'Fresh', kind: 'partner' } },
    'PATCH /organisations/:organisationId': { params: { organisationId: it.organisation }, body: { functions: ['tools'] } },
    'GET /setup': {},
    'POST /setup': { body: { ...link, organisation: 'Harbour', name: 'Eve', email: 'eve@people.example', password }, answers: 409 },
    'GET /invitations': {},
    'POST /invitations': { body: { email: 'newer@people.example', roles: ['responder'] } },
    'PUT /invitations/:invitationId/link': { params: { invitationId: it.invitation } },
    'POST /invitations/read': { body: link, answers: 404 },
    'POST /invitations/accept': { body: { ...link, name: 'Eve', password }, answers: 404 },
    'GET /api-keys': {},
    'POST /api-keys': { body: { name: 'New', scopes: ['read'] } },
    'GET /channels': {},
    'POST /channels': { body: { name: 'Sales', address: 'sales@harbour.example' } },
    'PATCH /channels/:channelId': { params: { channelId: it.channel }, body: { name: 'Help' } },
    'GET /quarantine': {},
    'GET /quarantine/:inboundId/source': { params: { inboundId: it.quarantined } },
    'POST /quarantine/:inboundId/retry': { params: { inboundId: it.retried }, answers: 201 },
    'POST /inbound/email': { body: 'From: a@client.example\r\nSubject: Hello\r\n\r\nHello' },
    'GET /conversations': { query: { view: 'all', status: 'open' } },
    'GET /conversations/counts': {},
    'POST /conversations': { body: { subject: 'Hi', message: { text: 'Hello' }, customer: { email: 'cara@client.example' } } },
    'GET /conversations/:conversationId': { params: conversation },
    'GET /conversations/:conversationId/timeline': { params: conversation },
    'PATCH /conversations/:conversationId': { params: conversation, body: { tags: ['gauge'], status: 'waiting' } },
    'POST /conversations/:conversationId/messages': { params: conversation, body: { kind: 'note', text: 'Seen before.' } },
    'PUT /conversations/:conversationId/seen': { params: conversation },
    'DELETE /conversations/:conversationId/seen': { params: conversation },
    'PUT /conversations/:conversationId/participants/:address': { params: { ...conversation, address: 'dan@client.example' } },
    'PUT /conversations/:conversationId/guests/:personId': { params: { ...conversation, personId: world.partner.id } },
    'DELETE /conversations/:conversationId/guests/:personId': { params: { ...conversation, personId: world.partner.id } },
    'GET /messages/:messageId/delivery': { params: { messageId: it.reply } },
    'POST /messages/:messageId/delivery/retry': { params: { messageId: it.reply }, answers: 409 },
    'DELETE /messages/:messageId': { params: { messageId: it.reply } },
    'GET /messages/:messageId/source': { params: { messageId: it.message } },
    'GET /attachments/:attachmentId': { params: { attachmentId: it.attachment } },
    'GET /customers/:customerId': { params: { customerId: it.customer } },
    'GET /events': { query: { limit: '10' } },
    'DELETE /quarantine/:inboundId': { params: { inboundId: it.quarantined } },
    'DELETE /conversations/:conversationId': { params: conversation },
    'DELETE /customers/:customerId': { params: { customerId: it.customer } },
    'DELETE /invitations/:invitationId': { params: { invitationId: it.invitation } },
    'DELETE /api-keys/:apiKeyId': { params: { apiKeyId: it.apiKey } },
    'DELETE /organisations/:organisationId': { params: { organisationId: it.organisation } },
    'DELETE /teams/:teamId': { params: { teamId: it.team } },
    'DELETE /me/sessions/:sessionId': { params: { sessionId: it.session } },
  }
}
