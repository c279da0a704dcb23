#!/usr/bin/env python3
"""A stand-in for sendmail, for scripts/demo: what a reader would see of the message on standard input goes to FOLDER/1.txt, 2.txt, ..."""
import email, email.policy, pathlib, sys

folder = pathlib.Path(sys.argv[1])
message = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
text = message.get_body(("plain",)).get_content()
with open(folder / ("%d.txt" % (1 + len(list(folder.iterdir())))), "x", encoding="utf-8") as f:
    f.write("To: %s\nSubject: %s\n\n%s" % (message["To"], message["Subject"], text))
