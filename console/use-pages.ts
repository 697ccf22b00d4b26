import { type InfiniteData, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { z } from 'zod'
import type { Endpoint } from '../contract/endpoint.ts'
import { call, keyOf } from './api.ts'

type Page<T> = { items: T[]; next: string | null }
type Listing<Q extends z.ZodType, T> = Endpoint<z.ZodObject, Q, z.ZodUndefined, z.ZodType<Page<T>>>
type Asked<Q extends z.ZodType> = { query?: Omit<z.input<Q> & object, 'after' | 'limit'>; enabled?: boolean }

/** A list a hundred at a time: what is there so far, and `more` while there is more. */
export function usePages<Q extends z.ZodType, T>(endpoint: Listing<Q, T>, { query = {} as never, enabled = true }: Asked<Q> = {}) {
  const asked = useInfiniteQuery({
    queryKey: [...keyOf(endpoint, { query }), 'pages'],
    queryFn: ({ pageParam, signal }) =>
      call(endpoint, { query: { ...query, limit: 100, ...(pageParam ? { after: pageParam } : {}) } as z.input<Q>, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    select: itemsOf<T>,
    placeholderData: keepPreviousData,
    enabled,
  })
  return { ...asked, more: asked.hasNextPage ? () => void asked.fetchNextPage() : undefined }
}

/** The whole of a list that one chooses from: it is read to its end. */
export function useAll<Q extends z.ZodType, T>(endpoint: Listing<Q, T>, options: Asked<Q> = {}): T[] {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = usePages(endpoint, options)
  const onward = hasNextPage && !isFetchingNextPage
  useEffect(() => {
    if (onward) void fetchNextPage()
  }, [onward, fetchNextPage])
  return data?.items ?? []
}

const itemsOf = <T>({ pages }: InfiniteData<Page<T>>) => ({ items: pages.flatMap((page) => page.items) })
