"""How far the regulation is carried by the code: what is still open, and what no code can carry, by article."""

OPEN_ARTICLES: dict[str, str] = {
    "5": "Items are imported and published in one version; new versions with reason and basis, repeal of an item while "
         "a task runs are still to come.",
    "7": "The list is public on our own pages; pushing it to the portal and the publicity system with receipts and "
         "retries is still to come.",
    "8": "The two directories are kept and matched to items; closing an object or taking it out, new address or telephone "
         "of a known one, and the reminder to confirm a directory every twelve months are still to come.",
    "9": "Sheets are checked row by row and merged; returning single rows with remarks to the division is still to come.",
    "10": "Certificates and specialities are kept; reminders before a certificate ends, transfer and leave are still to "
          "come.",
    "11": "The plan is drawn up and issued; the divisions' submission in early January with reminders, and the filing "
          "with the market regulator, are still to come.",
    "13": "Plan versions are foreseen in the tables; adjusting an issued plan with reason, difference, filing and "
          "publication is still to come.",
    "14": "Tasks are approved before their draw; an urgent visit approved within 24 hours afterwards is still to come.",
    "24": "Photos, sound and film are recorded bit-exact, paper sets come back photographed; the 补充笔录 signed by both "
          "sides, which a return may permit, and the newly approved visit that a changed conclusion asks for are still to "
          "come.",
    "25": "Results are published here and leave as a file in the publicity schema; the push to the publicity system "
          "with receipts and retries, and a result withheld by law, are still to come.",
    "26": "Objections are received, re-examined and answered by a sealed document; the time given to complete papers, which "
          "suspends the period, is still to come.",
    "27": "Cases are opened, followed and closed, a transfer issues its letter; the receiver's answer, and the re-inspection "
          "visit, are still to come.",
    "28": "Missed deadlines stand on the account of their division; the case of accountability with its handling is "
          "still to come.",
}

ARTICLES_WITHOUT_CODE: dict[str, str] = {
    "29": "The article lets cities and counties write their own rules: it addresses those authorities and orders nothing "
          "that this department's product could do. Dated rule sets let an installation of theirs hold other numbers.",
}
