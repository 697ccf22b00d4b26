/** What one sender may take of the places everybody shares. RFC 5321 §4.5.3 asks for 100 recipients and 10 minutes. */
export type SmtpLimits = { connections: number; recipients: number; dataTime: number }
export const usualLimits: SmtpLimits = { connections: 50, recipients: 100, dataTime: 10 * 60_000 }

/** Counts connections by the address they come from, so that one sender leaves room for the others. */
export function counted(most: number) {
  const open = new Map<string, Set<string>>()
  return {
    /** False when the address has as many as it may. */
    enter: (address: string, id: string): boolean => {
      const its = open.get(address) ?? new Set()
      if (its.size >= most) return false
      open.set(address, its.add(id))
      return true
    },
    leave: (address: string, id: string): void => {
      const its = open.get(address)
      its?.delete(id)
      if (its?.size === 0) open.delete(address)
    },
  }
}
