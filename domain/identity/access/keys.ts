import type { ApiKeyView } from '../../../contract/access.ts'
import type { Scope } from '../../../contract/permissions.ts'
import type { Actor, Context, Tx } from '../../../kernel/context.ts'
import { newId } from '../../../kernel/id.ts'
import { may, permit } from '../../../kernel/permission.ts'
import { type ApiKey, apiKeyOf, insertApiKey, lockApiKey, markRevoked } from './store.ts'
import { newKey } from './token.ts'

/** Makes a key. It is told here once; afterwards only its hash and its prefix are known. */
export async function createApiKey(
  ctx: Context,
  { name, scopes }: { name: string; scopes: Scope[] },
): Promise<ApiKeyView & { key: string }> {
  permit(ctx, 'api_key.update')
  const { key, prefix, sha256 } = newKey()
  const apiKey: ApiKey = {
    id: newId(ctx.now),
    name,
    prefix,
    scopes: [...new Set(scopes)],
    createdAt: ctx.now,
    lastUsedAt: null,
    revokedAt: null,
  }
  await insertApiKey(ctx.tx, apiKey, sha256)
  ctx.record('api_key.created', { apiKeyId: apiKey.id, scopes: [...apiKey.scopes] })
  return { ...viewOf(ctx.actor, apiKey), key }
}

/** Ends a key for good. */
export async function revokeApiKey(ctx: Context, id: string): Promise<void> {
  permit(ctx, 'api_key.update')
  const key = await lockApiKey(ctx.tx, id)
  if (key.revokedAt) return
  await markRevoked(ctx.tx, id, ctx.now)
  ctx.record('api_key.revoked', { apiKeyId: key.id })
}

/** The keys page, newest first. An id tells when it was made, so it is the page's mark too. */
export async function listApiKeys(tx: Tx, actor: Actor, { limit, after }: { limit: number; after?: string | undefined }) {
  const rows = await tx
    .selectFrom('api_keys')
    .selectAll()
    .$if(after !== undefined, (all) => all.where('id', '<', after ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const shown = rows.slice(0, limit)
  return { items: shown.map((row) => viewOf(actor, apiKeyOf(row))), next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null }
}

function viewOf(actor: Actor, key: ApiKey): ApiKeyView {
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    scopes: [...key.scopes],
    createdAt: key.createdAt.toISOString(),
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
    can: !key.revokedAt && may(actor, 'api_key.update') ? ['revoke'] : [],
  }
}
