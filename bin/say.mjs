/** Ends the launcher with one sentence and a failing exit code. */
export class Stop extends Error {}

/** Tells a person what takes a while. On stderr: what a command prints is for programs. */
export const say = (line) => console.error(line)
