export type Progress = {
  /** One more is done; `share` of all, between 0 and 1. */
  step(share: number): void
  end(): void
}

const width = 30

/** Shows how far something is: a bar that moves in a terminal, a line now and then elsewhere. */
export function showProgress(say: (line: string) => void, terminal: NodeJS.WriteStream = process.stdout): Progress {
  const began = Date.now()
  let done = 0
  let shown = began
  const line = (share: number) => {
    const percent = Math.min(100, Math.floor(share * 100))
    const rate = Math.round(done / Math.max(0.001, (Date.now() - began) / 1000))
    return { percent, words: `${percent} %, ${done} mails, ${rate} a second` }
  }
  return {
    step(share) {
      done++
      if (Date.now() - shown < (terminal.isTTY ? 100 : 10_000)) return
      shown = Date.now()
      const { percent, words } = line(share)
      const filled = Math.round((percent / 100) * width)
      if (terminal.isTTY) terminal.write(`\r${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${words} `)
      else say(words)
    },
    end() {
      if (terminal.isTTY) terminal.write(`\r${' '.repeat(width + 50)}\r`)
    },
  }
}
