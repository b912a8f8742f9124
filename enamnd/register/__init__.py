"""The pages that show and keep the register of enamnd.organisation: above accounts, since they ask who may."""
