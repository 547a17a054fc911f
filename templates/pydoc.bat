@"%~dp0python.exe" -m pydoc %*
