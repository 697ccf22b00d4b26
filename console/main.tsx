import '../ui/tokens.css'
import '../ui/ground.css'
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import '@mantine/spotlight/styles.layer.css'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { chosenLanguage, speak } from './words/words.ts'

void speak(chosenLanguage()).then(() => createRoot(document.getElementById('root')!).render(<App />))
