#!/usr/bin/env python3
"""A picture of one page.  screenshot.py PAGE.html PICTURE.png [WIDTH HEIGHT [light|dark]]"""
import os, pathlib, sys
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import webdriver

def main():
    page, picture = sys.argv[1:3]
    width, height, scheme = (sys.argv[3:] + ["1040", "860", "light"][len(sys.argv) - 3:])[:3]
    if webdriver.missing():
        sys.exit("screenshot: there is no %s on this machine (scripts/deps test installs it)" % webdriver.missing())
    with webdriver.Browser() as browser:
        browser.view(int(width), int(height), scheme)
        browser.open(pathlib.Path(page).resolve().as_uri())
        browser.screenshot(picture, int(height))

if __name__ == "__main__":
    main()
