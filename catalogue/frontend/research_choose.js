// Specimens and weapon systems of a question are searched as one types; without this their names are written.
import { choosing } from "./choose.js";

const question = document.querySelector("form.question");
if (question) choosing(question);
