export const apple = /Mac|iPhone|iPad/.test(navigator.userAgent)
