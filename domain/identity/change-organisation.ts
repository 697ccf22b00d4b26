import { OrganisationField, type OrganisationId } from '../../contract/identity.ts'
import type { Context, OrganisationKind } from '../../kernel/context.ts'
import { newId } from '../../kernel/id.ts'
import { permit } from '../../kernel/permission.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { differing, named } from './person.ts'
import { deleteOrganisation as deleteRow, insertOrganisation, isInUse, lockOrganisation, saveOrganisation } from './store.ts'

type Draft = { name: string; kind: OrganisationKind; functions: string[] }

export async function createOrganisation(ctx: Context, { name, kind, functions }: Draft): Promise<OrganisationId> {
  permit(ctx, 'organisation.update')
  const organisation = { id: newId<OrganisationId>(ctx.now), name, kind, functions }
  await insertOrganisation(ctx.tx, organisation, ctx.now)
  ctx.record('organisation.created', { organisationId: organisation.id, kind })
  return organisation.id
}

type Change = { name?: string | undefined; functions?: string[] | undefined }

export async function changeOrganisation(ctx: Context, id: string, { name, functions }: Change): Promise<void> {
  permit(ctx, 'organisation.update')
  const before = await lockOrganisation(ctx.tx, id)
  const after = { ...before, name: name ?? before.name, functions: functions ?? before.functions }
  const fields = differing(before, after)
  if (fields.length === 0) return
  await saveOrganisation(ctx.tx, after)
  ctx.record('organisation.changed', { organisationId: after.id, fields: named(fields, OrganisationField.options) })
}

/** Removes an organisation nobody belongs to. The house itself stays. */
export async function deleteOrganisation(ctx: Context, id: string): Promise<void> {
  permit(ctx, 'organisation.update')
  const organisation = await lockOrganisation(ctx.tx, id)
  if (organisation.kind === 'in_house') throw new Refusal('conflict', 'own_organisation', 'Your own organisation cannot be removed.')
  if (await isInUse(ctx.tx, id))
    throw new Refusal('conflict', 'organisation_in_use', 'People belong to this organisation. Move them first.')
  await deleteRow(ctx.tx, id)
  ctx.record('organisation.deleted', { organisationId: organisation.id })
}
