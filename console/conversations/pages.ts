// The inbox and what opens in it are loaded together: they are on screen together.
export { ConversationPane } from './conversation-pane.tsx'
export { Inbox } from './inbox.tsx'
export { Nowhere } from './nowhere.tsx'
