import type { Job } from '../../kernel/job.ts'
import { listRemovals, takeRemoval } from './store.ts'

const removeFile: Job = {
  name: 'files.remove',
  attempts: 10,
  due: (steps, limit) => steps.transact((ctx) => listRemovals(ctx.tx, limit)),
  run: (steps, sha256) =>
    steps.transact(async (ctx) => {
      if (await takeRemoval(ctx.tx, sha256)) await ctx.instance.files.remove(sha256)
    }),
}

export const jobs = [removeFile]
