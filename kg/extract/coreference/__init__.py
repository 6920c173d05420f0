"""What references stand for: 该公司, 双方, 我市, and sentences that leave their subject out.

``discourse`` is an article as this station and the rules of claims see it, ``antecedents`` links
each reference to the mentions that it stands for, ``deixis`` says which places 我市 and 全区 are,
and ``about`` which policy a notice is about.
"""
