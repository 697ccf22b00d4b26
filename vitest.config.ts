import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const everywhere = ['**/node_modules/**', '**/dist/**', '.runtime/**', 'data/**']
const database = { globalSetup: ['test/support/cluster.ts'], testTimeout: 30_000, hookTimeout: 60_000 }

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)),
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['**/*.test.{ts,tsx}'], exclude: [...everywhere, '**/*.db.test.ts', 'test/{api,launch}/**'] },
      },
      { extends: true, test: { name: 'db', include: ['**/*.db.test.ts', 'test/api/**/*.test.ts'], exclude: everywhere, ...database } },
      {
        extends: true,
        test: { name: 'launch', include: ['test/launch/**/*.test.ts'], exclude: everywhere, ...database, testTimeout: 120_000 },
      },
      { extends: true, test: { name: 'e2e', include: ['test/e2e/**/*.spec.ts'], exclude: everywhere, ...database, testTimeout: 60_000 } },
    ],
  },
})
