import type { Bench } from './rows.ts'
export async function measureLive(_bench: Bench): Promise<void> {}
