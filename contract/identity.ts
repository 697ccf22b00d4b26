export const identityEvents = {}
