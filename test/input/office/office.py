"""LibreOffice at work: opens a headless one, fills sheets, saves them in the formats offices keep.

Needs LibreOffice and python3-uno; only make.py uses it, no test does.
"""
import os
import shutil
import subprocess
import tempfile
import time
import zipfile

import uno
from com.sun.star.beans import NamedValue, PropertyValue
from com.sun.star.lang import Locale

CHINESE = Locale("zh", "CN", "")
FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "xls": "MS Excel 97", "ods": "calc8"}


class Office:
    """A LibreOffice of its own, with a profile of its own."""

    def __enter__(self):
        self.profile = tempfile.mkdtemp()
        pipe = f"office{os.getpid()}"
        options = ["--headless", "--norestore", f"-env:UserInstallation=file://{self.profile}", f"--accept=pipe,name={pipe};urp;"]
        self.process = subprocess.Popen(["soffice", *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
        for _ in range(300):
            try:
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:
                time.sleep(0.2)
        self.desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        return self

    def __exit__(self, *_):
        try:
            self.desktop.terminate()
        except Exception:
            pass
        self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def book(self):
        return Book(self.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, properties(Hidden=True)))


class Book:
    """A workbook being filled."""

    def __init__(self, document):
        self.document = document
        document.DocumentProperties.Author = "巡衡"
        document.DocumentProperties.Title = "演示数据"
        self.first = True

    def sheet(self, name):
        sheets = self.document.Sheets
        if self.first:
            sheets.getByIndex(0).Name = name
            self.first = False
        else:
            sheets.insertNewByName(name, sheets.Count)
        return Sheet(self.document, sheets.getByName(name))

    def save(self, path, password=None):
        kind = path.rsplit(".", 1)[1]
        more = {"Password": password} if password else {}
        if password and kind == "xlsx":
            secret = (NamedValue("CryptoType", "Standard"), NamedValue("OOXPassword", password))
            more = {"EncryptionData": uno.Any("[]com.sun.star.beans.NamedValue", secret)}
        self.document.storeToURL(f"file://{os.path.abspath(path)}", properties(FilterName=FILTERS[kind], **more))
        self.document.close(True)


class Shown:
    """A value with a number format, as code of LibreOffice in English."""

    def __init__(self, value, code):
        self.value, self.code = value, code


class Sheet:
    """A sheet being filled; cells by reference (`B3`), ranges too (`A1:C1`)."""

    def __init__(self, document, sheet):
        self.document, self.sheet = document, sheet

    def at(self, reference):
        return self.sheet.getCellRangeByName(reference)

    def rows(self, rows, row=1, column=0):
        """Fills rows from a row (from 1) and column (from 0) on; None leaves a cell alone."""
        for i, cells in enumerate(rows):
            for j, value in enumerate(cells):
                if value is not None:
                    self.put(self.sheet.getCellByPosition(column + j, row - 1 + i), value)
        return self

    def put(self, cell, value):
        if isinstance(value, Shown):
            cell.NumberFormat = self.format(value.code)
            value = value.value
        if isinstance(value, str) and value.startswith("="):
            cell.Formula = value
        elif isinstance(value, str):
            cell.String = value
        else:
            cell.Value = float(value)

    def format(self, code):
        formats = self.document.NumberFormats
        known = formats.queryKey(code, CHINESE, False)
        return known if known >= 0 else formats.addNew(code, CHINESE)

    def text(self, reference):
        """Cells that hold text, whatever is typed: numbers get the green corner."""
        self.at(reference).NumberFormat = self.format("@")
        return self

    def merge(self, *ranges):
        for reference in ranges:
            self.at(reference).merge(True)
        return self

    def hide_rows(self, *numbers):
        for number in numbers:
            self.sheet.Rows.getByIndex(number - 1).IsVisible = False
        return self

    def hide_columns(self, *letters):
        for letter in letters:
            self.sheet.Columns.getByName(letter).IsVisible = False
        return self

    def note(self, reference, text):
        self.sheet.Annotations.insertNew(self.at(reference).CellAddress, text)
        return self


def properties(**named):
    return tuple(PropertyValue(Name=name, Value=value) for name, value in named.items())


def patch(path, changes, out=None, add=None):
    """Changes parts of an .xlsx by hand, for what LibreOffice cannot write. Every change must change something."""
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    for name, change in changes.items():
        for part in [p for p in parts if p == name or (name.endswith("*") and p.startswith(name[:-1]))]:
            before = parts[part].decode("utf-8")
            after = change(before)
            if after == before and not name.endswith("*"):
                raise SystemExit(f"{path}: nothing changed in {part}")
            parts[part] = after.encode("utf-8")
    parts.update(add or {})
    with zipfile.ZipFile(out or path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
