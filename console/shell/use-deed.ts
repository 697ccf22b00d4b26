import { useMutation, useQueryClient } from '@tanstack/react-query'
import { sentenceOf } from './complaint.ts'
import { say } from './toast.tsx'

/** Does something and then asks again for what it changed; says why when it was refused. */
export function useDeed<V>(work: (value: V) => Promise<unknown>, changed: readonly string[], done?: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: work,
    onSuccess: () => {
      for (const path of changed) void client.invalidateQueries({ queryKey: [path] })
      if (done) say(done)
    },
    onError: (error) => say(sentenceOf(error)),
  })
}
