import "./app/console.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";

createRoot(document.getElementById("console") as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
