/** What the address of the inbox may say beside its view. */
export type InboxSearch = { team?: string; sort?: 'oldest'; customer?: string }
