/** The next full hour in three hours, if the working day still holds it. */
export function laterToday(now: Date): Date | null {
  const later = new Date(now.getFullYear(), now.getMonth(), now.getDate(), now.getHours() + 3)
  return later.getDate() === now.getDate() && later.getHours() <= 18 ? later : null
}

export const tomorrowMorning = (now: Date) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 9)
export const inAWeek = (now: Date) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + 7, 9)

/** The next Monday at nine; on a Monday the one after. */
export function mondayMorning(now: Date): Date {
  const days = (8 - now.getDay()) % 7 || 7
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 9)
}
