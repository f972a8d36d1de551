"""The wheel carries schemas/ and expectations/, which stand beside the code in a checkout, inside the package."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

DECLARATIONS = ("schemas", "expectations")


class BuildWithDeclarations(build_py):
    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            for name in DECLARATIONS:
                target = Path(self.build_lib) / "onrecord" / name
                shutil.rmtree(target, ignore_errors=True)
                shutil.copytree(name, target)


setup(cmdclass={"build_py": BuildWithDeclarations})
