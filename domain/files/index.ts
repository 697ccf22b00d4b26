import type { Module } from '../../kernel/module.ts'
import { jobs } from './jobs.ts'

export const files: Module = { name: 'files', jobs }

export { dropUnusedFiles, fileRow, fitsInRow, keepFile, readFile, sha256Of } from './store.ts'
