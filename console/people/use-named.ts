import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { listPeople, type PersonView } from '../../contract/identity.ts'
import { ask } from '../api.ts'

/** People who work here and whose name or address holds what was typed, as many as one looks through; `others` when there are more. */
export function useNamed(typed: string, enabled = true): { people: PersonView[]; others: boolean } {
  const wanted = typed.trim()
  const [q] = useDebouncedValue(wanted, 150)
  const query = { active: 'true', limit: 50, ...(q ? { q } : {}) } as const
  const { data, isPlaceholderData } = useQuery({ ...ask(listPeople, { query }), placeholderData: keepPreviousData, enabled })
  const found = data?.items ?? []
  // Until the answer to the newest letters is there, the older answer is narrowed to them.
  const settled = q === wanted && !isPlaceholderData
  return { people: settled ? found : found.filter((it) => holds(it, wanted)), others: Boolean(data?.next) }
}

const holds = ({ name, email }: PersonView, wanted: string) =>
  [name, email].some((it) => it.toLocaleLowerCase().includes(wanted.toLocaleLowerCase()))
