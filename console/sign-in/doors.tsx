// The pages before the shell are loaded together: whoever sees one often needs the next.
export { Forgotten } from './forgotten.tsx'
export { Join } from './join.tsx'
export { Reset } from './reset.tsx'
export { SetUp } from './set-up.tsx'
export { SignIn } from './sign-in.tsx'
