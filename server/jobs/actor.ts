import type { Actor } from '../../kernel/context.ts'

/** Who a job or schedule is: the machine, under the name of its task. It sees every row. */
export const systemActor = (name: string): Actor => ({ kind: 'system', id: name, permissions: new Set(), audience: null })
