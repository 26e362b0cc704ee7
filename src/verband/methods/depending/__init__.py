"""What fails when this fails; where does supply concentrate?"""
