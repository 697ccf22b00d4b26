import '../ui/tokens.css'
import '../ui/ground.css'
import '../ui/library.css'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { chosenLanguage, speak } from './words/words.ts'

// A newer Sinew was installed while this page was open: what it wants to load now has another name.
window.addEventListener('vite:preloadError', () => location.reload())

void speak(chosenLanguage()).then(() => createRoot(document.getElementById('root')!).render(<App />))
